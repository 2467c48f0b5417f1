"""Finding records: the analyser, the language of questions, and engines that answer them."""
