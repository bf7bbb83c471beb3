import { z } from 'zod';

export const time = z.iso.datetime();

/** A time, or `never` where the source says that it has not happened. */
export const timeOrNever = z.union([time, z.literal('never')]);
