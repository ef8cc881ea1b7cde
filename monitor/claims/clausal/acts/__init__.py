"""What is told without a figure: launches, licences, takeovers."""
