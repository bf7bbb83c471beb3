import type { Seeded } from './aws/random.ts';

const firstNames =
  'Adaeze Alba Anouk Bram Carys Dario Edda Emre Farida Gethin Hana Idris Ilse Jonas Kalina Lior Maren Nadia Oisin Petra Quentin Rasmus Saoirse Tariq Ulla Viktor Wanda Ximena Yusuf Zofia'.split(
    ' ',
  );
const lastNames =
  'Abernethy Bjornstad Castellan Drummond Eberhart Farquhar Grimaldi Halvorsen Ibarra Jankowski Kessler Lindqvist Marchetti Nakagawa Okonkwo Pemberton Quigley Rosenthal Sandoval Thibault Underhill Vasquez Whitcombe Xenakis Yamamoto Zielinski Ashdown'.split(
    ' ',
  );

/** Somebody who does not exist. */
export interface Person {
  readonly name: string;
  /** First and last name in lower case, with a hyphen: what GitHub allows. */
  readonly login: string;
  /** The same with a dot: what the company calls its AWS users. */
  readonly userName: string;
  readonly mail: string;
}

/** As many people as anyone asks for, each by number, no two alike; which comes when follows from the seed. */
export function peopleOf(chance: Seeded): (n: number) => Person {
  const pairs = firstNames.length * lastNames.length;
  const offset = chance.between('people', 0, pairs - 1);
  return (n) => {
    // 7 and the number of pairs (810) have no common divisor, so each pair comes once before any comes twice.
    const pair = (offset + n * 7) % pairs;
    const round = Math.floor(n / pairs);
    const first = firstNames[pair % firstNames.length] ?? '';
    const last = lastNames[Math.floor(pair / firstNames.length)] ?? '';
    const suffix = round === 0 ? '' : String(round + 1);
    const [given, family] = [first.toLowerCase(), `${last.toLowerCase()}${suffix}`];
    return {
      name: `${first} ${last}${round === 0 ? '' : ` ${suffix}`}`,
      login: `${given}-${family}`,
      userName: `${given}.${family}`,
      mail: `${given}.${family}@example.com`,
    };
  };
}
