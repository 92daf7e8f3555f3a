-- SPDX-License-Identifier: GPL-3.0-or-later
-- What kind of type each is. :oids text (an array literal) -> oid bigint, category text, name text
SELECT t.oid::bigint AS oid, t.typcategory::text AS category, format_type(t.oid, NULL) AS name
FROM pg_type t
WHERE t.oid = ANY (:oids::oid[])
