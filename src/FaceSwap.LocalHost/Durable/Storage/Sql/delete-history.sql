DELETE FROM history WHERE instance = @instance;
