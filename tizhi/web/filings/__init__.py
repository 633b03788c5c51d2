"""单位季报材料的页面: form and record of one unit's input for one period."""
