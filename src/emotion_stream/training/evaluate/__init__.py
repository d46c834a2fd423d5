"""What models are worth, asked about people they never heard."""
