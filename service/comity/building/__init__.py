"""Building the dataset: from the sources through compiler, reasoner and witnesses to the folder that the service loads."""
