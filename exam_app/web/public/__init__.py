"""web.public — pages for anyone: signing in, verification of certificates, health."""
