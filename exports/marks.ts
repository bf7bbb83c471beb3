/**
 * Control characters and marks of direction: somebody who names things may use them to make a page show something else
 * than it says. Where people read they are shown, not obeyed; ends of lines and tabs are text.
 */
export const marks =
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const replacement = '\ufffd';

export function withoutMarks(text: string): string {
  return text.replaceAll(marks, replacement).replaceAll('\r\n', '\n');
}
