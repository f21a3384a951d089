/** Something that the admin should look at. */
export interface Matter {
  /** Azure's calls fail of it; else it only will, or is odd. */
  bad: boolean;
  title: string;
  note: string;
}
