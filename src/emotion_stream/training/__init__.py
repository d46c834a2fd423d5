"""The learning wing: corpora, model, training, export, evaluation (the `train` extra)."""
