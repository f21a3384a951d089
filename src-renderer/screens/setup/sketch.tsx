import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { SketchItem } from './steps.ts';

const useStyles = makeStyles({
  figure: { margin: 0 },
  drawing: { display: 'block', width: '100%', height: 'auto' },
  caption: { marginTop: '8px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  paper: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorNeutralStroke2 },
  line: { stroke: tokens.colorNeutralStroke2 },
  stroke: { fill: tokens.colorNeutralStroke2 },
  chosen: { fill: tokens.colorNeutralForeground3 },
  box: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorNeutralStroke1 },
  lit: { fill: tokens.colorNeutralBackground1Selected, stroke: tokens.colorCompoundBrandStroke, strokeWidth: '1.5px' },
  text: { fill: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyBase },
  strong: { fill: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase, fontWeight: 600 },
  mono: { fill: tokens.colorNeutralForeground3, fontFamily: tokens.fontFamilyMonospace },
  disc: { fill: tokens.colorBrandBackground },
  digit: { fill: tokens.colorNeutralForegroundOnBrand, fontFamily: tokens.fontFamilyBase, fontWeight: 600 },
});

const WIDTH = 304;
const LEFT = 84;
const RIGHT = WIDTH - 14;
const HEIGHTS = { heading: 26, button: 34, field: 48, row: 26 };
const TOP = 44;

/** The portal's page as a drawing: only the parts that matter, those to use lit and numbered as the instructions are. */
export function Sketch({ title, items, url }: { title: string; items: readonly SketchItem[]; url: string }) {
  const styles = useStyles();
  let y = TOP;
  const placed = items.map((item) => {
    const at = y;
    y += HEIGHTS[item.kind];
    return { item, at };
  });
  const height = Math.max(y + 8, 180);
  return (
    <figure className={styles.figure}>
      <svg className={styles.drawing} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden>
        <rect className={styles.paper} x="0.5" y="0.5" width={WIDTH - 1} height={height - 1} rx="6" />
        <text className={styles.strong} x="14" y="20" fontSize="10">
          {title}
        </text>
        <path className={styles.line} d={`M0 30.5H${WIDTH}M${LEFT - 12}.5 30V${height}`} />
        {[0, 1, 2, 3, 4].map((line) => (
          <rect
            key={line}
            className={line === 2 ? styles.chosen : styles.stroke}
            x="14"
            y={46 + line * 19}
            width={[34, 46, 42, 30, 40][line]}
            height="4"
            rx="2"
          />
        ))}
        {placed.map(({ item, at }) => (
          <Item key={`${item.kind} ${item.label}`} item={item} at={at} url={url} />
        ))}
      </svg>
      <figcaption className={styles.caption}>A sketch of the page, with what to use.</figcaption>
    </figure>
  );
}

function Item({ item, at, url }: { item: SketchItem; at: number; url: string }) {
  const styles = useStyles();
  const { kind, label, number, value } = item;
  const lit = number !== undefined;
  const box = mergeClasses(lit ? styles.lit : styles.box);
  if (kind === 'heading') {
    return (
      <text className={styles.strong} x={LEFT} y={at + 15} fontSize="10">
        {label}
      </text>
    );
  }
  if (kind === 'field') {
    const shown = value === 'url' ? cut(url) : value === 'token' ? '••••••••••••••••' : '';
    return (
      <>
        <text className={styles.text} x={LEFT} y={at + 10} fontSize="9">
          {label}
        </text>
        <rect className={box} x={LEFT} y={at + 15} width={RIGHT - LEFT} height="23" rx="3" />
        <text className={styles.mono} x={LEFT + 8} y={at + 30} fontSize="8">
          {shown}
        </text>
        <Disc number={number} x={RIGHT} y={at + 15} />
      </>
    );
  }
  const width = Math.min(RIGHT - LEFT, label.length * 5.3 + 20);
  if (kind === 'button') {
    return (
      <>
        <rect className={box} x={LEFT} y={at + 3} width={width} height="23" rx="3" />
        <text className={styles.strong} x={LEFT + 10} y={at + 18} fontSize="9">
          {label}
        </text>
        <Disc number={number} x={LEFT + width} y={at + 3} />
      </>
    );
  }
  return (
    <>
      {lit && <rect className={box} x={LEFT} y={at} width={RIGHT - LEFT} height="21" rx="3" />}
      <text className={styles.text} x={LEFT + (lit ? 8 : 0)} y={at + 14} fontSize="9">
        {label}
      </text>
      {!lit && <path className={styles.line} d={`M${LEFT} ${at + 22.5}H${RIGHT}`} />}
      <Disc number={number} x={RIGHT} y={at} />
    </>
  );
}

/** As much of an address as its field can show. */
function cut(url: string): string {
  return url.length > 32 ? `${url.slice(0, 31)}…` : url;
}

function Disc({ number, x, y }: { number: number | undefined; x: number; y: number }) {
  const styles = useStyles();
  if (number === undefined) return null;
  return (
    <>
      <circle className={styles.disc} cx={x} cy={y} r="8" />
      <text className={styles.digit} x={x} y={y + 3.2} fontSize="9" textAnchor="middle">
        {number}
      </text>
    </>
  );
}
