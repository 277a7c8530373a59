"""Making the model: annotated passages, training, measuring, export. Needs the extra `train`."""
