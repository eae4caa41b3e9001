// A thousand numbers with their text, and ten words, three of which are texts of numbers.
UNWIND range(1, 1000) AS n CREATE (:Number {n: n, text: 't' + n, third: n % 3});
UNWIND range(1, 10) AS n CREATE (:Word {text: CASE WHEN n < 4 THEN 't' + n ELSE 'w' + n END, at: n});
