/** The files that the `kaggle` command reads beside what it uploads: `dataset-metadata.json` and `kernel-metadata.json`. */

/** Stands where only the user knows what belongs there. */
export const placeholders = { user: 'INSERT_USERNAME_HERE', competition: 'INSERT_COMPETITION_SLUG_HERE' };

export interface KaggleMetadata {
  dataset: { title: string; id: string; licenses: { name: string }[] };
  kernel: Record<string, unknown>;
}

/**
 * @param title of both, from which Kaggle makes the same slugs; what is too long for Kaggle (50 characters) is cut
 * @param user on Kaggle
 * @param competition its slug on Kaggle
 */
export function kaggleMetadata({
  title,
  user = placeholders.user,
  competition = placeholders.competition,
}: {
  title: string;
  user?: string | undefined;
  competition?: string | undefined;
}): KaggleMetadata {
  const slug = slugOf(title, 50);
  const models = `${slugOf(title, 43)}-models`;
  return {
    dataset: {
      title: models.replaceAll('-', ' '),
      id: `${user}/${models}`,
      licenses: [{ name: 'other' }],
    },
    kernel: {
      id: `${user}/${slug}`,
      title: slug.replaceAll('-', ' '),
      code_file: 'predict.ipynb',
      language: 'python',
      kernel_type: 'notebook',
      is_private: true,
      enable_gpu: true,
      enable_internet: false,
      dataset_sources: [`${user}/${models}`],
      competition_sources: [competition],
      kernel_sources: [],
    },
  };
}

/** Lower-case letters, digits and hyphens, of at least 5 characters. */
function slugOf(title: string, length: number): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, length)
    .replace(/-+$/, '');
  return slug.length < 5 ? `foldwise-${slug}`.replace(/-+$/, '') : slug;
}
