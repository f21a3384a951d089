import { Button, Input, makeStyles, Tooltip, tokens } from '@fluentui/react-components';
import { Bookmark20Regular, Delete16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client, queryClient } from '../../api.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Bubble } from '../../ui/bubble.tsx';
import { problemOf } from '../../ui/problem-of.ts';

const useStyles = makeStyles({
  open: { minWidth: '32px', width: '32px', height: '32px', padding: 0 },
  title: { margin: '0 0 6px', fontSize: '14px', lineHeight: '20px', fontWeight: 600 },
  none: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: '13px', lineHeight: '18px' },
  list: { margin: '0 -8px', padding: 0, listStyleType: 'none', maxHeight: '240px', overflowY: 'auto', width: '292px' },
  row: { display: 'flex', alignItems: 'center', gap: '4px' },
  apply: {
    flexGrow: 1,
    minWidth: 0,
    height: 'auto',
    padding: '4px 8px',
    justifyContent: 'flex-start',
    fontWeight: 400,
  },
  both: { display: 'block', minWidth: 0, textAlign: 'left' },
  name: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  query: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  form: {
    display: 'flex',
    gap: '8px',
    marginTop: '10px',
    paddingTop: '10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  field: { flexGrow: 1, minWidth: 0 },
  problem: { margin: '6px 0 0', color: tokens.colorStatusDangerForeground1, fontSize: '13px', lineHeight: '18px' },
});

/** Filters with a name, kept with the pilot: one press applies one. */
export function SavedFilters({ query, onQuery }: { query: string; onQuery(query: string): void }) {
  const styles = useStyles();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  /** The bubble says the same. */
  const [hinted, setHinted] = useState(false);
  const [name, setName] = useState('');
  const { data: filters = [] } = useQuery({ ...api.feed.filters.queryOptions(), enabled: open });
  const reread = () => queryClient.invalidateQueries({ queryKey: api.feed.filters.queryKey() });
  const save = useMutation({
    mutationFn: () => client.feed.saveFilter.mutate({ name, query }),
    onSuccess() {
      announce(`Filter “${name.trim()}” saved.`);
      setName('');
      return reread();
    },
  });
  const forget = useMutation({
    mutationFn: (gone: string) => client.feed.forgetFilter.mutate({ name: gone }),
    onSuccess(_, gone) {
      announce(`Filter “${gone}” deleted.`);
      return reread();
    },
  });
  const problem = save.error ?? forget.error;
  return (
    <Bubble
      open={open}
      onClose={() => setOpen(false)}
      trigger={(tie) => (
        <Tooltip
          content="Saved filters"
          relationship="label"
          positioning="below"
          visible={hinted && !open}
          onVisibleChange={(_, { visible }) => setHinted(visible)}
        >
          <Button
            {...tie}
            appearance="subtle"
            className={styles.open}
            icon={<Bookmark20Regular />}
            onClick={() => setOpen(!open)}
          />
        </Tooltip>
      )}
    >
      <h2 className={styles.title}>Saved filters</h2>
      {filters.length === 0 ? (
        <p className={styles.none}>None yet. Type a filter, then give it a name here.</p>
      ) : (
        <ul className={styles.list}>
          {filters.map((filter) => (
            <li key={filter.name} className={styles.row}>
              <Button
                appearance="subtle"
                className={styles.apply}
                onClick={() => {
                  onQuery(filter.query);
                  setOpen(false);
                }}
              >
                <span className={styles.both}>
                  <bdi className={styles.name}>{filter.name}</bdi>
                  <span className={styles.query}>{filter.query}</span>
                </span>
              </Button>
              <Button
                appearance="subtle"
                size="small"
                icon={<Delete16Regular />}
                aria-label={`Delete the filter ${filter.name}`}
                onClick={() => forget.mutate(filter.name)}
              />
            </li>
          ))}
        </ul>
      )}
      {query !== '' && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Input
            className={styles.field}
            size="small"
            aria-label="Name of the present filter"
            placeholder="Name of the present filter"
            maxLength={100}
            value={name}
            onChange={(_, data) => setName(data.value)}
          />
          <Button type="submit" size="small" disabled={name.trim() === '' || save.isPending}>
            Save
          </Button>
        </form>
      )}
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problemOf(problem)}
        </p>
      )}
    </Bubble>
  );
}
