SELECT sequence, status FROM instances WHERE instance_id = @instance_id;
