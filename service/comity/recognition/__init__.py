"""Who recognises whom, on what terms, and what states owe each other about data: pairs, matrix, paths, changes, restrictions."""
