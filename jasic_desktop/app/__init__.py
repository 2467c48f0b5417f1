"""What the program does, for every front end alike: opens archives, derives what reading needs, tests itself."""
