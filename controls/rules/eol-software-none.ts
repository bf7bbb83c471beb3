import { z } from 'zod';
import { CloudFunction, Cluster, DataStore } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { endOfLife } from '../end-of-life.ts';
import { noData } from '../finding.ts';

export const eolSoftwareNone = controlOverParts({
  id: 'eol-software-none',
  severity: 'high',
  assertion:
    'At each reading, every Lambda function, every EKS cluster and every RDS database and cluster of databases of the connected AWS accounts was of a version whose standard support by AWS had not ended: of functions the runtime, of clusters that of Kubernetes, of databases the major version of the engine. The dates are those that Exhibit was given with the page of the vendor that tells them. Operating systems, programs of their own, minor versions and regions that are not switched on were not looked at.',
  board: 'Holes in it are not closed any more, and insurance often excludes it.',
  remedy: 'Move what is listed to a version that is supported, or keep it apart and name an exception.',
  collectors: ['aws'],
  population:
    'functions, clusters of containers, databases and clusters of databases of connected AWS accounts',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(CloudFunction, ['runtime']),
      related: {},
      test: (program, { asOf }) =>
        program.given(['runtime'], ({ runtime }) =>
          runtime === 'image'
            ? noData('it brings its own image, and what is in that is not told')
            : endOfLife('lambda', runtime, asOf),
        ),
    }),
    part({
      over: need(Cluster, ['version']),
      related: {},
      test: (cluster, { asOf }) =>
        cluster.given(['version'], ({ version }) => endOfLife('eks', version, asOf)),
    }),
    part({
      over: need(DataStore, ['engine', 'engineVersion'], undefined, {
        type: ['database', 'database-cluster'],
      }),
      related: {},
      test: (store, { asOf }) =>
        store.given(['engine', 'engineVersion'], ({ engine, engineVersion }) =>
          endOfLife(engine, engineVersion, asOf),
        ),
    }),
  ],
});
