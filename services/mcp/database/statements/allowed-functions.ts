const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that stand before a parenthesis without being a function, and the types that take a length. */
export const GRAMMAR: ReadonlySet<string> = new Set(
  words(`
    all and any array as between by cast char character cube decimal distinct else except exists extract filter from
    group grouping having ilike in intersect interval is join lateral like limit materialized not nullif numeric offset
    on only or over partition recursive rollup row rows select sets similar some then time timestamp to union using
    values varchar varying when where with
  `),
);

/** The functions that a query may call: none of them changes anything, waits, reads files or runs SQL that it is given. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  words(`
    abs acos age array_agg array_append array_cat array_length array_lower array_position array_positions array_prepend
    array_remove array_replace array_to_json array_to_string array_upper ascii asin atan atan2 avg bit_and bit_length
    bit_or bool_and bool_or btrim cardinality cbrt ceil ceiling char_length character_length chr coalesce concat
    concat_ws corr cos cot count covar_pop covar_samp cume_dist date date_bin date_part date_trunc decode degrees
    dense_rank div encode every exp factorial first_value floor format gcd generate_series generate_subscripts greatest
    initcap isfinite json_agg json_array_elements json_array_elements_text json_array_length json_build_array
    json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_agg
    json_object_keys json_strip_nulls json_typeof jsonb_agg jsonb_array_elements jsonb_array_elements_text
    jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path
    jsonb_extract_path_text jsonb_object jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_match
    jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_strip_nulls jsonb_typeof
    justify_days justify_hours justify_interval lag last_value lcm lead least left length ln log log10 lower lower_inc
    lower_inf make_date make_interval make_time make_timestamp make_timestamptz max md5 min min_scale mod mode normalize
    now nth_value ntile num_nonnulls num_nulls octet_length overlaps overlay percent_rank percentile_cont
    percentile_disc pi plainto_tsquery phraseto_tsquery position power radians range_merge rank regexp_count
    regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
    regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy replace
    reverse right round row_number row_to_json scale sha224 sha256 sha384 sha512 sign sin split_part sqrt starts_with
    stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strpos substr substring sum tan to_char
    to_date to_hex to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector translate trim trim_array trim_scale
    trunc ts_headline ts_rank ts_rank_cd unnest upper upper_inc upper_inf var_pop var_samp variance websearch_to_tsquery
    width_bucket
  `),
);
