// A client that knows the API by the types of its contract alone: it submits a job, waits for it, and prints it with its result.
import type { components, operations } from "./obj/api.js";

type Job = components["schemas"]["Job"];
type Problem = components["schemas"]["Problem"];
type Submission = operations["submitJob"]["requestBody"]["content"]["application/json"];

const [api, key, video, face] = process.argv.slice(2);
const headers = { "content-type": "application/json", "x-functions-key": key!, prefer: "wait=60" };

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${api}${path}`, { ...init, headers });
  if (!response.ok) {
    const problem = (await response.json()) as Problem;
    throw new Error(`${problem.code}: ${problem.detail} ${problem.remedy}`);
  }

  return (await response.json()) as T;
}

const submission: Submission = { video, face, deadline: "PT30M" };
let job = await call<Job>("/jobs", { method: "POST", body: JSON.stringify(submission) });
while (!["completed", "failed", "cancelled", "expired"].includes(job.status)) {
  job = await call<Job>(`/jobs/${job.id}`);
}

const result = await call<components["schemas"]["Result"]>(`/jobs/${job.id}/result?redirect=false`);
console.log(JSON.stringify({ id: job.id, status: job.status, sha256: result.sha256 }));
