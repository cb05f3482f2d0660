const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The functions that a query may call: none of them changes anything, waits, reads files or runs SQL that it is given. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  words(`
    abs acos age array_agg array_append array_cat array_length array_lower array_position array_positions array_prepend
    array_remove array_replace array_to_json array_to_string array_upper ascii asin atan atan2 avg bit_and bit_length
    bit_or bool_and bool_or btrim cardinality cbrt ceil ceiling char_length character_length chr coalesce concat
    concat_ws corr cos cot count covar_pop covar_samp cume_dist date date_bin date_part date_trunc decode degrees
    dense_rank div encode every exp factorial first_value floor gcd generate_series generate_subscripts greatest
    initcap isfinite json_agg json_array_elements json_array_elements_text json_array_length json_build_array
    json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_agg
    json_object_keys json_strip_nulls json_typeof jsonb_agg jsonb_array_elements jsonb_array_elements_text
    jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path
    jsonb_extract_path_text jsonb_object jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_match
    jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_strip_nulls jsonb_typeof
    justify_days justify_hours justify_interval lag last_value lcm lead least left length ln log log10 lower lower_inc
    lower_inf ltrim make_date make_interval make_time make_timestamp make_timestamptz max md5 min min_scale mod mode normalize
    now nth_value ntile num_nonnulls num_nulls octet_length overlaps overlay percent_rank percentile_cont
    percentile_disc pi plainto_tsquery phraseto_tsquery position power radians range_merge rank regexp_count
    regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
    regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy replace
    reverse right round row_number row_to_json rtrim scale sha224 sha256 sha384 sha512 sign sin split_part sqrt starts_with
    stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strpos substr substring sum tan to_char
    to_date to_hex to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector translate trim trim_array trim_scale
    trunc ts_headline ts_rank ts_rank_cd unnest upper upper_inc upper_inf var_pop var_samp variance websearch_to_tsquery
    width_bucket
  `),
);

/** What PostgreSQL's grammar makes of EXTRACT, AT TIME ZONE, LIKE … ESCAPE, SIMILAR TO and IS NORMALIZED. */
export const SYNTAX_FUNCTIONS: ReadonlySet<string> = new Set(
  words("extract is_normalized like_escape similar_to_escape timezone"),
);

/** The types that a query may name: none of them looks up names, settings or documents when it reads a text. */
export const TYPES: ReadonlySet<string> = new Set(
  words(`
    bit bool bpchar bytea char cidr date datemultirange daterange float4 float8 inet int2 int4 int4multirange int4range
    int8 int8multirange int8range interval json jsonb jsonpath macaddr macaddr8 money name numeric nummultirange
    numrange text time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector uuid
    varbit varchar
  `),
);
