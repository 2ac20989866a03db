"""The web page: thin, over lstm_core."""
