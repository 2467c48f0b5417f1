"""Finding records: the analyser, the language of questions, and engines that answer them."""

import os

# numpy's library for matrices, of which nothing is used, would start a thread for each processor when it is loaded:
# that takes a third of the time numpy takes to load.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
