INSERT INTO activities (id, instance, generation, task, name, version, input)
VALUES (@id, @instance, @generation, @task, @name, @version, @input);
