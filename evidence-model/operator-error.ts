/** Something that whoever runs Exhibit can mend. Its message is one sentence that says what and how; no stack is shown. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
