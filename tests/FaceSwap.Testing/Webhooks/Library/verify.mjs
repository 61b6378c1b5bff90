// Reads cases as JSON from the standard input, one verdict each to the standard output: "valid", or why not.
// A case: { secret, headers, body } to verify, or { secret, id, timestamp, body } to sign.
import { Webhook } from "standardwebhooks";

let input = "";
for await (const chunk of process.stdin) {
  input += chunk;
}

const answers = JSON.parse(input).map(({ secret, headers, id, timestamp, body }) => {
  const webhook = new Webhook(secret);
  if (!headers) {
    return webhook.sign(id, new Date(timestamp * 1000), body);
  }

  try {
    webhook.verify(body, headers);
    return "valid";
  } catch (problem) {
    return problem.message;
  }
});
console.log(JSON.stringify(answers));
