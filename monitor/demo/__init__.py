"""The daemon over a recorded morning: six invented outlets, served on loopback, alerts on the terminal."""
