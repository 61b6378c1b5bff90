DELETE FROM instances WHERE sequence = @instance;
