/** The part of ydf-training that we use; it ships no types. */
declare module 'ydf-training' {
  interface Model {
    /** [rows], or for three classes and more [rows · classes] */
    predict(columns: Record<string, number[]>): number[];
    /** In the order of the predictions. */
    getLabelClasses(): string[];
  }
  export interface Yggdrasil {
    GradientBoostedTreesLearner: new (
      label: string,
      task: 'CLASSIFICATION' | 'REGRESSION',
    ) => { train(columns: Record<string, number[] | string[]>): Model };
  }
  export default function start(options: {
    print: (line: string) => void;
    printErr: (line: string) => void;
  }): Promise<Yggdrasil>;
}
