DELETE FROM messages WHERE instance = @instance;
