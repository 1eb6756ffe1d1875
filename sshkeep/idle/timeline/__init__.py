"""What happens on an idle session, in order: events, sentences, and the time axis."""
