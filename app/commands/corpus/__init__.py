"""`gatescope corpus trace FILES --model M --out DIR`: survey and index of many sequences."""
