//! What `import … --help` teaches.

/// For schools.
pub const SCHOOLS_HELP: &str = "\
Columns, in any order (English or Chinese names); * must be there:
  id*                学校编号    10-digit national id, or a local one; kept as text
  name*              学校名称
  kind*              学校类型    kindergarten 幼儿园, primary 小学, secondary 中学, combined 一贯制,
                                 vocational 职业学校, special 特殊教育, university 大学
  zone*              区域        A gate, B within 200 m, C other
  longitude          经度        degrees
  latitude           纬度        degrees
  coordinate_system  坐标系      WGS-84 or GCJ-02; needed with coordinates
  station            责任派出所  the id of a station imported before
  peak_windows       高峰勤务    \"Mon-Fri 07:00-08:00 x2; Mon-Fri 16:30-17:30 x2\": weekdays, times,
                                 posts; or 周一至周五 07:00-08:00 x2
  contact_name       联系人
  contact_phone      联系电话

All rows are taken over or none, with a line for every fault. The same file again changes nothing.
A file has at most 10 MiB and 50,000 rows, unless limits.district_file_max and
limits.district_rows_max of the configuration say otherwise.

Examples:
  campus-dispatch import schools schools.csv --dry-run
  campus-dispatch import schools schools.csv --data /srv/dispatch";

/// For stations.
pub const STATIONS_HELP: &str = "\
Columns, in any order (English or Chinese names); * must be there:
  id*                派出所编号  12-digit organisation code, or a local id; kept as text
  name*              派出所名称
  longitude          经度        degrees
  latitude           纬度        degrees
  coordinate_system  坐标系      WGS-84 or GCJ-02; needed with coordinates
  leader_name        责任领导
  leader_phone       责任领导电话
  liaison_name       联络员
  liaison_phone      联络员电话

All rows are taken over or none, with a line for every fault. The same file again changes nothing.
A file has at most 10 MiB and 50,000 rows, unless limits.district_file_max and
limits.district_rows_max of the configuration say otherwise.

Examples:
  campus-dispatch import stations stations.csv --dry-run
  campus-dispatch import stations stations.csv --data /srv/dispatch";

/// For units.
pub const UNITS_HELP: &str = "\
Columns, in any order (English or Chinese names); * must be there:
  id*      警力编号    kept as text
  name*    警力名称
  kind*    警力类型    post 护学岗, patrol 巡逻警力, station 派出所, traffic 交管, swat 特警,
                       school_guard 学校最小应急单元
  station  所属派出所  the id of a station imported before

All rows are taken over or none, with a line for every fault. The same file again changes nothing.
A file has at most 10 MiB and 50,000 rows, unless limits.district_file_max and
limits.district_rows_max of the configuration say otherwise.

Examples:
  campus-dispatch import units units.csv --dry-run
  campus-dispatch import units units.csv --data /srv/dispatch";
