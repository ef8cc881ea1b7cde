"""Send, hold, fold or try again, and why. Pure: time is an argument."""
