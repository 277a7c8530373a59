"""Reading the web: a client that strangers cannot turn against its owner."""
