@@
expression X, Y;
@@
* X < Y
