// graph: connected-practice

// error UnexpectedSyntax 11-13: expected a name, found `.5m`
// help: put names that begin with a digit in back quotes
RETURN 1.5.5m;

// error InvalidNumberLiteral 8-10: `1xm` is not a number
// help: write numbers as `42`, `0x2A`, `0o52`, `0b11`, `1.5` or `1e3`, and put names that begin with a digit in back quotes
RETURN 1xm;

// error InvalidCast 8-41: `123456789012345678901234567890123` is no value of type DECIMAL
// help: a DECIMAL has up to 28 digits
RETURN 123456789012345678901234567890123m;

// error DivisionByZero 8-13: `1 / 0` divides a DECIMAL by zero
RETURN 1m / 0;

// error NumericOverflow 8-41: `79228162514264337593543950335 + 1` exceeds the 28 digits of a DECIMAL
RETURN 79228162514264337593543950335m + 1;

// error InvalidNumberLiteral 8-11: a byte string needs pairs of hexadecimal digits
// help: write `X'0AFF'`
RETURN X'0';

// error InvalidNumberLiteral 8-12: a byte string needs pairs of hexadecimal digits
// help: write `X'0AFF'`
RETURN X'0G';

// error InvalidCast 8-27: `x` is no value of type DECIMAL
RETURN CAST('x' AS DECIMAL);

// error InvalidCast 8-36: `12345` is no value of type DECIMAL(4, 2)
RETURN CAST(12345m AS DECIMAL(4, 2));

// error UnexpectedSyntax 26-29: a DECIMAL has from 1 to 28 digits, and at most as many after the point
// help: write `DECIMAL(10, 2)`
RETURN 1 IS TYPED DECIMAL(40);

// error UnexpectedSyntax 26-31: a DECIMAL has from 1 to 28 digits, and at most as many after the point
// help: write `DECIMAL(10, 2)`
RETURN 1 IS TYPED DECIMAL(4, 5);

// error InvalidArgumentType 8-16: cannot add BYTES and INTEGER
RETURN X'00' + 1;

// error InvalidArgumentType 8-23: an INTEGER cannot be cast to BYTES
RETURN CAST(1 AS BYTES);

// error InvalidArgumentType 8-16: cannot add DECIMAL and BOOLEAN
RETURN 1m + true;

// error InvalidCast 8-20: `0xG0` has no pairs of hexadecimal digits
RETURN bytes('0xG0');
