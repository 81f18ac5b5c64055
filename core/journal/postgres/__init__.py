"""The journal of many shops in one PostgreSQL database, for several servers; needs the extra ``postgres``."""
