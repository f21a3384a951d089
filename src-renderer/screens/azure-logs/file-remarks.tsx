import { makeStyles, tokens } from '@fluentui/react-components';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { FORMATS } from './words.ts';

const useStyles = makeStyles({
  file: { margin: '12px 0 4px', fontSize: '14px', lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  small: { margin: '0 0 8px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  list: { margin: '0 0 16px', paddingLeft: '18px', display: 'flex', flexDirection: 'column', gap: '6px' },
});

/** What was odd in each file of an import, with its place. */
export function FileRemarks({ files }: { files: AzureImport['files'] }) {
  const styles = useStyles();
  return files.map((file, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
    <section key={at}>
      <h3 className={styles.file}>{file.name}</h3>
      <p className={styles.small}>
        {file.format === null ? 'Not recognised' : FORMATS[file.format]}, {formatBytes(file.bytes)},{' '}
        {formatNumber(file.read)} read
      </p>
      <ul className={styles.list}>
        {file.problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems never move
          <li key={index}>
            {problem.line !== null && `Line ${problem.line}, column ${problem.column ?? 1}: `}
            {problem.words}
          </li>
        ))}
        {file.problemCount > file.problems.length && (
          <li>and {formatNumber(file.problemCount - file.problems.length)} more</li>
        )}
      </ul>
    </section>
  ));
}
