"""Hold certificates, readiness and the certification programme."""
