"""Made-up input for every reader of files that lenaudit did not write: ``python -m benchmarks.fuzzing``."""
