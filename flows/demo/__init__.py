"""The sample wire: six invented outlets on loopback, for the demo and the tests end to end."""
