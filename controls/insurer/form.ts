import { z } from 'zod';
import data from './form.json' with { type: 'json' };

const text = z.string().min(1);
const Asked = z.strictObject({ title: text, questions: z.array(text).min(1) });

/** How an application for cyber insurance and its supplements are laid out, over the questions of insurers. */
const Form = z.strictObject({
  /** Every question once, in the order in which forms ask. */
  sections: z.array(Asked),
  /** The six ways in of which an attestation about second factors asks, with the tests that say something of each. */
  vectors: z.array(Asked.extend({ tests: z.array(z.string()) })).length(6),
  /** Tests of second factors over administrators and consoles that belong to no single way in. */
  privileged: z.array(z.string()),
  ransomware: z.array(Asked),
  /**
   * Classes of exceptions that may be named to whoever must not see whom they are about, with what each means. What a
   * company calls a class otherwise is free text, and stays at home.
   */
  exceptionClasses: z.record(text, text),
});

export const form = Form.parse(data);
