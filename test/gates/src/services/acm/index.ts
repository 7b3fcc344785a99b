export const acmDoor = 1;
