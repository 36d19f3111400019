/** Text competitions that ask for numbers. */
import { itWorksOut } from '../../testing/known-shape.ts';
import { always, each, bit, from, makeTables, oneOf, share, words } from '../../testing/make-tables.ts';

const qualities = 'cohesion syntax vocabulary phraseology grammar conventions';
const asked =
  'question_asker_intent_understanding question_body_critical question_conversational answer_helpful answer_plausible answer_well_written';

itWorksOut([
  [
    'unintended bias, with a sample column of another name and a fractional target',
    makeTables(
      {
        id: from(0),
        target: share,
        comment_text: words(30),
        ...each('severe_toxicity obscene identity_attack', share),
        rating: oneOf('approved', 'rejected'),
      },
      { id: from(7000), comment_text: words(30, 1) },
      { id: from(7000), prediction: always(0) },
    ),
    {
      columns: { id: 'id', text: 'comment_text', target: 'target' },
      task: 'regression',
      metric: 'rmse',
      submission: { prediction: 'target' },
    },
    ['severe_toxicity, obscene, identity_attack, rating'],
  ],
  [
    'readability',
    makeTables(
      {
        id: (r) => `c${r}`,
        url_legal: oneOf('', 'https://example.org/a b'),
        license: oneOf('', 'CC BY 4.0'),
        excerpt: words(150),
        target: (r) => (((r * 37) % 101) / 40 - 2.5).toFixed(4),
        standard_error: share,
      },
      { id: (r) => `d${r}`, url_legal: always(''), license: always(''), excerpt: words(150, 1) },
      { id: (r) => `d${r}`, target: always(0) },
    ),
    { columns: { id: 'id', text: 'excerpt', target: 'target' }, task: 'regression', metric: 'rmse' },
    ['url_legal, license, standard_error'],
  ],
  [
    'essays of English learners',
    makeTables(
      {
        text_id: (r) => `0A${r}`,
        full_text: words(300),
        ...each(qualities, oneOf('1.0', '2.5', '3.0', '4.5')),
      },
      { text_id: (r) => `0B${r}`, full_text: words(300, 1) },
      { text_id: (r) => `0B${r}`, ...each(qualities, always('3.0')) },
    ),
    {
      columns: { id: 'text_id', text: 'full_text', target: qualities.split(' ') },
      task: 'regression',
      metric: 'mcrmse',
    },
  ],
  [
    'phrases of patents, where a text is called target',
    makeTables(
      {
        id: (r) => `e${r}`,
        anchor: words(2, 1),
        target: words(2),
        context: oneOf('A47', 'B08', 'H04'),
        score: oneOf('0.0', '0.25', '0.5', '0.75', '1.0'),
      },
      { id: (r) => `f${r}`, anchor: words(2, 2), target: words(2, 3), context: oneOf('A47', 'H04') },
      { id: (r) => `f${r}`, score: always(0) },
    ),
    {
      columns: { id: 'id', text: ['anchor', 'target'], target: 'score' },
      task: 'regression',
      metric: 'pearson',
    },
  ],
  [
    'questions and answers with many ratings',
    makeTables(
      {
        qa_id: from(0),
        question_title: words(9),
        question_body: words(120),
        question_user_name: oneOf('ysap', 'Gavin'),
        question_user_page: (r) => `https://example.org/users/${r}`,
        answer: words(130, 1),
        url: (r) => `http://example.org/q/${r}`,
        category: oneOf('LIFE_ARTS', 'CULTURE'),
        host: oneOf('photo.example.org', 'rpg.example.org'),
        ...each(asked, oneOf('0.0', '0.333333', '0.5', '0.666667', '1.0')),
      },
      {
        qa_id: from(900),
        question_title: words(9, 2),
        question_body: words(120, 3),
        question_user_name: oneOf('ysap', 'Gavin'),
        question_user_page: (r) => `https://example.org/users/${r}`,
        answer: words(130, 4),
        url: (r) => `http://example.org/q/${r}`,
        category: oneOf('LIFE_ARTS', 'CULTURE'),
        host: oneOf('photo.example.org', 'rpg.example.org'),
      },
      { qa_id: from(900), ...each(asked, always('0.00308')) },
    ),
    {
      columns: { id: 'qa_id', text: ['question_title', 'question_body', 'answer'], target: asked.split(' ') },
      task: 'regression',
      metric: 'mcspearman',
    },
  ],
  [
    'prices, with ids of train and test that begin at 0',
    makeTables(
      {
        train_id: from(0),
        name: words(5),
        item_condition_id: oneOf(1, 2, 3),
        category_name: oneOf('Men/Tops/T-shirts', 'Women/Jewelry'),
        brand_name: oneOf('', 'Razer'),
        price: (r) => (r === 9 ? 2000 : ((r * 13) % 57) + 3.5),
        shipping: bit,
        item_description: words(25, 1),
      },
      {
        test_id: from(0),
        name: words(5, 2),
        item_condition_id: oneOf(1, 2, 3),
        category_name: oneOf('Men/Tops/T-shirts'),
        brand_name: oneOf('', 'Razer'),
        shipping: bit,
        item_description: words(25, 3),
      },
      { test_id: from(0), price: always('26.738') },
    ),
    {
      columns: {
        id: { train: 'train_id', test: 'test_id', sample: 'test_id' },
        text: ['name', 'item_description'],
        target: 'price',
      },
      task: 'regression',
      metric: 'rmsle',
    },
  ],
  [
    'relevance of products to searches, as means',
    makeTables(
      {
        id: (r) => r * 2,
        product_uid: from(100001),
        product_title: words(11),
        search_term: words(4, 1),
        relevance: oneOf('3', '2.5', '2.33', '1.67', '1'),
      },
      {
        id: (r) => r * 2 + 1,
        product_uid: from(900001),
        product_title: words(11, 2),
        search_term: words(4, 3),
      },
      { id: (r) => r * 2 + 1, relevance: always(1) },
    ),
    {
      columns: { id: 'id', text: ['product_title', 'search_term'], target: 'relevance' },
      task: 'regression',
      metric: 'rmse',
    },
    ['product_uid'],
  ],
  [
    'summaries of four prompts, while test has others',
    makeTables(
      {
        student_id: (r) => `000e${r}`,
        prompt_id: oneOf('814d6b', 'ebad26', '3b9047', '39c16e'),
        text: words(70),
        content: (r) => (((r * 37) % 101) / 40 - 1).toFixed(4),
        wording: (r) => (((r * 31) % 101) / 40 - 1).toFixed(4),
      },
      { student_id: (r) => `1111${r}`, prompt_id: oneOf('abc123', 'def789'), text: words(70, 1) },
      { student_id: (r) => `1111${r}`, content: always('0.0'), wording: always('0.0') },
    ),
    {
      columns: { id: 'student_id', text: 'text', target: ['content', 'wording'] },
      task: 'regression',
      metric: 'mcrmse',
    },
    ['prompt_id'],
  ],
]);
