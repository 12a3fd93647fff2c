/** How lines beside the first one look, in both themes: told apart by their dashes, not by their colour alone. */
export const LOOKS = [
  { colour: "light-dark(#b45309, #fbbf24)", dashes: "7 3" },
  { colour: "light-dark(#6d28d9, #c4b5fd)", dashes: "2 3" },
  { colour: "light-dark(#be185d, #f9a8d4)", dashes: "10 3 2 3" },
  { colour: "light-dark(#1d4ed8, #93c5fd)", dashes: "4 2" },
];
