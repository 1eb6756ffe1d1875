"""Host and Match blocks: their criteria, and for whom they apply."""
