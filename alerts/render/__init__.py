"""Messages -> what a channel shows. Pure; everything that came from outside is cleaned and escaped here."""
