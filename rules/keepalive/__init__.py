"""Settings that keep an idle session alive, or let either side notice that the other is gone."""
