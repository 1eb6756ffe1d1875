"""Small configs made up from a seed: every keyword, good and bad values, all spellings, blocks and Includes."""
