"""Writes the files beside it, with pyarrow 26: python create.py FOLDER"""

import datetime as dt
import sys
from decimal import Decimal as D

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
from pyarrow import ipc

out = sys.argv[1]
t=pa.table({
 'id': pa.array([9007199254740993,2,None,-4], pa.int64()),
 'big': pa.array([18446744073709551615,0,1,None], pa.uint64()),
 'name': pa.array(['Köln','b "quoted"',None,'line\nbreak'], pa.string()),
 'city': pa.array(['x','y','x',None]).dictionary_encode(),
 'price': pa.array([D('12345678901234567890.10'),D('-0.05'),None,D('0.00')], pa.decimal128(30,2)),
 'small': pa.array([D('1.5'),D('-2.0'),D('0.0'),None], pa.decimal128(5,1)),
 'ratio': pa.array([0.1,float('nan'),float('inf'),None], pa.float64()),
 'single': pa.array([0.1,1.5,3.4028234663852886e38,None], pa.float32()),
 'ok': pa.array([True,False,None,True]),
 'day': pa.array([dt.date(2024,2,29),dt.date(1969,12,31),None,dt.date(1,1,1)], pa.date32()),
 'at': pa.array([1709210096123456,-1,None,0], pa.timestamp('us','UTC')),
 'local': pa.array([1709210096123,-1,None,0], pa.timestamp('ms')),
 'nano': pa.array([1709210096123456789,-1,None,0], pa.timestamp('ns')),
 'time': pa.array([45296000001,0,None,86399999999], pa.time64('us')),
 'raw': pa.array([b'\xff\x00\x01',b'text',None,b'\x80'*100], pa.binary()),
 'tags': pa.array([['a','b'],[],None,['c']], pa.list_(pa.string())),
 'point': pa.array([{'x':1,'y':[1,2]},{'x':None,'y':None},None,{'x':9007199254740993,'y':[]}], pa.struct([('x',pa.int64()),('y',pa.list_(pa.int8()))])),
 'map': pa.array([[('k',1)],[],None,[('a',2),('b',3)]], pa.map_(pa.string(),pa.int32())),
 'half': pa.array([None]*4, pa.null()),
})
for c in ['snappy','gzip','zstd','brotli','lz4']:
    pq.write_table(t, f'{out}/types-{c}.parquet', compression=c)
pq.write_table(t, f'{out}/types-v2.parquet', compression='zstd', data_page_version='2.0', use_dictionary=False, column_encoding=None)
m=pa.table({'n': pa.array(range(5000), pa.int32()), 'text': [f'row {i%7}' for i in range(5000)]})
pq.write_table(m, f'{out}/groups.parquet', row_group_size=1000, compression='zstd', data_page_size=2000)
ipc_t=t.drop_columns(['half'])
with ipc.new_file(f'{out}/types-file.arrow', ipc_t.schema) as w: w.write_table(ipc_t)
with ipc.new_stream(f'{out}/types-stream.arrows', ipc_t.schema) as w: w.write_table(ipc_t)
for c in ['lz4','zstd']:
    feather.write_feather(ipc_t, f'{out}/types-{c}.feather', compression=c)
