DELETE FROM activities WHERE instance = @instance;
